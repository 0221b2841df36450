<?php

use Illuminate\Foundation\Application;
use Illuminate\Foundation\Configuration\Middleware;

return Application::configure(basePath: dirname(__DIR__))
    ->withRouting(api: __DIR__.'/../routes/api.php', commands: __DIR__.'/../routes/console.php')
    // Guests come with the token of their conversation, staff with the session of the site.
    ->withBroadcasting(__DIR__.'/../routes/channels.php', ['middleware' => ['web', 'auth:chat,web']])
    // nginx stands in front; without this every guest has its address.
    ->withMiddleware(fn (Middleware $middleware) => $middleware->trustProxies(at: '127.0.0.1'))
    ->withExceptions()
    ->create();
