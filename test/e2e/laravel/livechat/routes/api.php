<?php

use App\Http\Controllers\ConversationController;
use App\Http\Middleware\OwnConversation;
use Illuminate\Support\Facades\Route;

Route::post('/conversations', [ConversationController::class, 'start'])->middleware('throttle:chat');

Route::prefix('/conversations/{conversation}')->middleware(OwnConversation::class)->group(function () {
    Route::get('/messages', [ConversationController::class, 'index']);
    Route::post('/messages', [ConversationController::class, 'store'])->middleware('throttle:chat');
    Route::post('/escalate', [ConversationController::class, 'escalate'])->middleware('throttle:chat');
});
