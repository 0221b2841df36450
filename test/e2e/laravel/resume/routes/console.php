<?php

use App\Events\MessageSent;
use App\Models\Conversation;
use Illuminate\Support\Facades\Artisan;

Artisan::command('chat:say {conversation} {text}', function (string $conversation, string $text) {
    $message = Conversation::findOrFail($conversation)->messages()->create(['author' => 'agent', 'content' => $text]);
    MessageSent::dispatch($message);
});

Artisan::command('chat:close {conversation}', function (string $conversation) {
    Conversation::findOrFail($conversation)->update(['status' => 'closed']);
});
