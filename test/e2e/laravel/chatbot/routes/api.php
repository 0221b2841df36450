<?php

use App\Http\Controllers\ChatbotController;
use App\Http\Middleware\OwnConversation;
use Illuminate\Support\Facades\Route;

Route::prefix('/chatbot')->group(function () {
    Route::get('/config', [ChatbotController::class, 'config']);
    Route::post('/conversations', [ChatbotController::class, 'start'])->middleware('throttle:chat');

    Route::prefix('/conversations/{conversation}')->middleware(OwnConversation::class)->group(function () {
        Route::get('/messages', [ChatbotController::class, 'index']);
        Route::post('/messages', [ChatbotController::class, 'store'])->middleware('throttle:chat');
        Route::post('/escalate', [ChatbotController::class, 'escalate'])->middleware('throttle:chat');
    });
});
