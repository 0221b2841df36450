<?php

namespace App\Models;

use Illuminate\Database\Eloquent\Model;

class Message extends Model
{
    const UPDATED_AT = null;

    protected $fillable = ['client_id', 'author', 'content'];

    protected $visible = ['id', 'client_id', 'author', 'content', 'created_at'];
}
