<?php

use App\Http\Controllers\ChatController;
use App\Http\Middleware\OwnConversation;
use Illuminate\Support\Facades\Route;

Route::post('/chat/start', [ChatController::class, 'start'])->middleware('throttle:chat');

Route::prefix('/chat/{conversation}')->middleware(OwnConversation::class)->group(function () {
    Route::get('/status', [ChatController::class, 'status']);
    Route::get('/messages', [ChatController::class, 'index']);
    Route::post('/messages', [ChatController::class, 'store'])->middleware('throttle:chat');
    Route::post('/escalate', [ChatController::class, 'escalate'])->middleware('throttle:chat');
});
