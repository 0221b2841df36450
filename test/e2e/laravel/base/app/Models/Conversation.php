<?php

namespace App\Models;

use Illuminate\Auth\Authenticatable;
use Illuminate\Contracts\Auth\Authenticatable as AuthenticatableContract;
use Illuminate\Database\Eloquent\Model;
use Illuminate\Database\Eloquent\Relations\HasMany;
use Illuminate\Http\Request;
use Illuminate\Support\Str;

/** A conversation, and the guest in it: who has its token takes part. */
class Conversation extends Model implements AuthenticatableContract
{
    use Authenticatable;

    protected $fillable = ['guest_id', 'device', 'network', 'status'];

    protected $attributes = ['status' => 'open'];

    protected $visible = ['id', 'status', 'created_at'];

    protected static function booted(): void
    {
        static::creating(fn (self $conversation) => $conversation->token = Str::random(40));
    }

    public function messages(): HasMany
    {
        return $this->hasMany(Message::class);
    }

    /** Stores what the guest has written, once, however often it arrives. */
    public function hear(string $content, ?string $clientId): Message
    {
        $values = ['author' => 'guest', 'content' => $content];

        return $clientId === null
            ? $this->messages()->create($values)
            : $this->messages()->firstOrCreate(['client_id' => $clientId], $values);
    }

    /** What follows `after`, what stands before `before`, or the newest; the oldest first. */
    public function page(Request $request): array
    {
        $limit = min(max($request->integer('limit', 50), 1), 200);
        $query = $this->messages()->limit($limit + 1);
        if ($request->filled('after')) {
            $found = $query->where('id', '>', $request->integer('after'))->orderBy('id')->get();
            $page = $found->take($limit);
        } else {
            if ($request->filled('before')) {
                $query->where('id', '<', $request->integer('before'));
            }
            $found = $query->orderByDesc('id')->get();
            $page = $found->take($limit)->reverse();
        }

        return ['messages' => $page->values(), 'has_more' => $found->count() > $limit];
    }
}
