<?php

namespace App\Http\Controllers;

use App\Events\MessageSent;
use App\Models\Conversation;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;

class ChatController
{
    public function start(Request $request): JsonResponse
    {
        $data = $request->validate([
            'guest_id' => ['required', 'string', 'max:100'],
            'client_fingerprint' => ['nullable', 'string', 'max:128'],
            'restart' => ['boolean'],
        ]);
        $device = $data['client_fingerprint'] ?? null;
        $network = $request->ip();
        if ($device !== null && ! $request->boolean('restart') && config('chat.offer_by_network')) {
            $other = Conversation::where('network', $network)
                ->where('device', '!=', $device)
                ->where('status', '!=', 'closed')
                ->where('created_at', '>', now()->subDay())
                ->latest('id')
                ->first();
            if ($other) {
                return response()->json(['resumable' => ['id' => $other->id], 'token' => $other->token]);
            }
        }
        $conversation = Conversation::create(
            ['guest_id' => $data['guest_id'], 'device' => $device, 'network' => $network],
        );

        return response()->json(['conversation' => $conversation, 'token' => $conversation->token], 201);
    }

    /** Whether it can be resumed: the widget goes on with what is open and younger than a day. */
    public function status(Conversation $conversation): Conversation
    {
        return $conversation;
    }

    public function index(Request $request, Conversation $conversation): array
    {
        return $conversation->page($request);
    }

    public function store(Request $request, Conversation $conversation): JsonResponse
    {
        // Also the answer for who had the page open when it was closed: the widget starts a new one, and sends this there.
        abort_if($conversation->status === 'closed', 410);
        $data = $request->validate([
            'content' => ['required', 'string', 'max:4000'],
            'client_id' => ['nullable', 'uuid'],
        ]);
        $message = $conversation->hear($data['content'], $data['client_id'] ?? null);
        if ($message->wasRecentlyCreated) {
            broadcast(new MessageSent($message))->toOthers();
        }

        return response()->json(['message' => $message], 201);
    }

    public function escalate(Conversation $conversation): array
    {
        $conversation->update(['status' => 'queued']);

        return ['status' => 'queued'];
    }
}
