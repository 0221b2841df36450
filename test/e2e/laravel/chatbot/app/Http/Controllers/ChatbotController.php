<?php

namespace App\Http\Controllers;

use App\Events\ChatMessageReceived;
use App\Models\Conversation;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;

class ChatbotController
{
    /** Public: keys are no secrets, the secret stays in .env. */
    public function config(): array
    {
        $provider = config('broadcasting.default');
        ['reverb' => $reverb, 'pusher' => $pusher] = config('broadcasting.connections');
        ['scheme' => $scheme, 'host' => $host, 'port' => $port] = $reverb['options'];

        return [
            'realtimeProvider' => $provider,
            'reverb' => [
                'enabled' => $provider === 'reverb',
                'key' => $reverb['key'],
                'host' => ($scheme === 'https' ? 'wss' : 'ws')."://{$host}:{$port}",
            ],
            'pusher' => [
                'enabled' => $provider === 'pusher',
                'key' => $pusher['key'],
                'cluster' => $pusher['options']['cluster'] ?? 'mt1',
            ],
        ];
    }

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
            'message' => ['required', 'string', 'max:4000'],
            'client_id' => ['nullable', 'uuid'],
        ]);
        $message = $conversation->hear($data['message'], $data['client_id'] ?? null);
        if ($message->wasRecentlyCreated) {
            broadcast(new ChatMessageReceived($message))->toOthers();
            if ($conversation->status === 'open') {
                dispatch(fn () => $this->answer($conversation, $message->content))->afterResponse();
            }
        }

        return response()->json(['message' => $message], 201);
    }

    public function escalate(Conversation $conversation): array
    {
        // From here on the bot keeps quiet.
        $conversation->update(['status' => 'queued']);

        return ['status' => 'queued'];
    }

    /** Your assistant. */
    private function answer(Conversation $conversation, string $question): void
    {
        $answer = "You said: {$question}";
        $message = $conversation->messages()->create(['author' => 'bot', 'content' => $answer]);
        ChatMessageReceived::dispatch($message);
    }
}
