<?php

use App\Events\ChatMessageReceived;
use App\Models\Conversation;
use Illuminate\Support\Facades\Artisan;

Artisan::command('chat:say {conversation} {text}', function (string $conversation, string $text) {
    $message = Conversation::findOrFail($conversation)->messages()->create(['author' => 'agent', 'content' => $text]);
    ChatMessageReceived::dispatch($message);
});
