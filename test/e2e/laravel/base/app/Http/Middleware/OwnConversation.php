<?php

namespace App\Http\Middleware;

use Closure;
use Illuminate\Http\Request;
use Symfony\Component\HttpFoundation\Response;

/** Lets a guest into their own conversation. One that does not exist has been answered with 404 by the route. */
class OwnConversation
{
    public function handle(Request $request, Closure $next): Response
    {
        $guest = $request->user('chat');
        abort_if($guest === null, 401);
        abort_unless($guest->is($request->route('conversation')), 403);

        return $next($request);
    }
}
