<?php

namespace App\Http\Controllers;

use App\Events\MessageSent;
use App\Models\Conversation;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;

class ConversationController
{
    public function start(Request $request): JsonResponse
    {
        $data = $request->validate(['guest_id' => ['required', 'string', 'max:100']]);
        $conversation = Conversation::create($data);

        return response()->json(['conversation' => $conversation, 'token' => $conversation->token], 201);
    }

    public function index(Request $request, Conversation $conversation): array
    {
        return $conversation->page($request);
    }

    public function store(Request $request, Conversation $conversation): JsonResponse
    {
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
