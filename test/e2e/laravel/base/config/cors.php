<?php

return [
    // Laravel's own list lacks broadcasting/auth.
    'paths' => ['api/*', 'broadcasting/auth'],
    'allowed_methods' => ['GET', 'POST'],
    // The pages that show the widget.
    'allowed_origins' => explode(',', env('CHAT_ORIGINS', '')),
    'allowed_origins_patterns' => [],
    'allowed_headers' => ['Accept', 'Authorization', 'Content-Type', 'If-None-Match', 'X-Socket-ID'],
    // What a page may read of an answer.
    'exposed_headers' => ['ETag', 'Retry-After'],
    'max_age' => 7200,
    // No cookies are needed.
    'supports_credentials' => false,
];
