<?php

namespace App\Events;

use App\Models\Message;
use Illuminate\Broadcasting\InteractsWithSockets;
use Illuminate\Broadcasting\PrivateChannel;
use Illuminate\Contracts\Broadcasting\ShouldBroadcast;
use Illuminate\Contracts\Broadcasting\ShouldRescue;
use Illuminate\Foundation\Events\Dispatchable;
use Illuminate\Queue\SerializesModels;

class ChatMessageReceived implements ShouldBroadcast, ShouldRescue
{
    use Dispatchable, InteractsWithSockets, SerializesModels;

    public function __construct(public Message $message) {}

    public function broadcastOn(): PrivateChannel
    {
        return new PrivateChannel("chat.conversation.{$this->message->conversation_id}");
    }

    public function broadcastAs(): string
    {
        return 'ChatMessageReceived';
    }

    public function broadcastWith(): array
    {
        return [
            'conversationId' => (string) $this->message->conversation_id,
            'message' => $this->message->toArray(),
        ];
    }
}
