<?php

return [
    'guards' => [
        'web' => ['driver' => 'session', 'provider' => 'users'],
        'chat' => ['driver' => 'chat-token'],
    ],
];
