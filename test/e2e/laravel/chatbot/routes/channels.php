<?php

use App\Models\Conversation;
use Illuminate\Support\Facades\Broadcast;

Broadcast::channel('chat.conversation.{conversation}', function ($user, Conversation $conversation) {
    return $user instanceof Conversation ? $user->is($conversation) : $user->can('answer-chats');
});
