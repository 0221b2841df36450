<?php

namespace App\Providers;

use App\Models\Conversation;
use Illuminate\Cache\RateLimiting\Limit;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Auth;
use Illuminate\Support\Facades\RateLimiter;
use Illuminate\Support\ServiceProvider;

class ChatServiceProvider extends ServiceProvider
{
    public function boot(): void
    {
        // A guest is who has the token of a conversation.
        Auth::viaRequest('chat-token', function (Request $request) {
            $token = $request->bearerToken();

            return $token ? Conversation::firstWhere('token', $token) : null;
        });

        // A whole office may share an address, so guests are counted one by one. Too many is 429 with Retry-After.
        RateLimiter::for('chat', fn (Request $request) => Limit::perMinute(30)
            ->by($request->bearerToken() ?? $request->ip()));
    }
}
