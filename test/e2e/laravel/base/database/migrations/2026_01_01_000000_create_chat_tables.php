<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\Schema;

return new class extends Migration
{
    public function up(): void
    {
        Schema::create('conversations', function (Blueprint $table) {
            $table->id();
            $table->string('guest_id', 100)->index();
            $table->string('token', 40)->unique();
            // Both are used by laravel-resume alone.
            $table->string('device', 128)->nullable();
            $table->string('network', 45)->nullable()->index();
            $table->string('status', 16);
            $table->timestamps();
        });
        Schema::create('messages', function (Blueprint $table) {
            $table->id();
            $table->foreignId('conversation_id')->constrained()->cascadeOnDelete();
            $table->uuid('client_id')->nullable();
            $table->string('author', 16);
            $table->text('content');
            $table->timestamp('created_at')->nullable();
            // Holds even when a message and its repetition arrive in the same moment.
            $table->unique(['conversation_id', 'client_id']);
        });
    }
};
