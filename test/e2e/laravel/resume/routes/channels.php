<?php

use App\Models\Conversation;
use Illuminate\Support\Facades\Broadcast;

// The owner, or somebody of the team.
Broadcast::channel('conversation.{conversation}', function ($user, Conversation $conversation) {
    return $user instanceof Conversation ? $user->is($conversation) : $user->can('answer-chats');
});
