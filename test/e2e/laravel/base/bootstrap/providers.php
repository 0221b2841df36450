<?php

return [App\Providers\ChatServiceProvider::class];
