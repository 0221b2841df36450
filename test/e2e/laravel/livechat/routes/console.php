<?php

use App\Events\AgentJoined;
use App\Events\MessageSent;
use App\Models\Conversation;
use Illuminate\Support\Facades\Artisan;

Artisan::command('chat:join {conversation} {name}', function (string $conversation, string $name) {
    AgentJoined::dispatch(Conversation::findOrFail($conversation), ['id' => 7, 'name' => $name, 'avatar' => null]);
});

Artisan::command('chat:say {conversation} {text}', function (string $conversation, string $text) {
    $message = Conversation::findOrFail($conversation)->messages()->create(['author' => 'agent', 'content' => $text]);
    MessageSent::dispatch($message);
});
