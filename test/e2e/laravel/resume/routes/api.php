<?php

use App\Http\Controllers\ChatController;
use App\Http\Middleware\OwnConversation;
use Illuminate\Support\Facades\Route;

// What the site gives its own Echo; the key is public.
Route::get('/chat/echo', function () {
    ['key' => $key, 'options' => $options] = config('broadcasting.connections.reverb');

    return [
        'broadcaster' => 'reverb',
        'key' => $key,
        'wsHost' => $options['host'],
        'wsPort' => (int) $options['port'],
        'wssPort' => (int) $options['port'],
        'forceTLS' => $options['scheme'] === 'https',
        'enabledTransports' => ['ws', 'wss'],
    ];
});

Route::post('/chat/start', [ChatController::class, 'start'])->middleware('throttle:chat');

Route::prefix('/chat/{conversation}')->middleware(OwnConversation::class)->group(function () {
    Route::get('/status', [ChatController::class, 'status']);
    Route::get('/messages', [ChatController::class, 'index']);
    Route::post('/messages', [ChatController::class, 'store'])->middleware('throttle:chat');
    Route::post('/escalate', [ChatController::class, 'escalate'])->middleware('throttle:chat');
});
