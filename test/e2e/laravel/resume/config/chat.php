<?php

return [
    // Whether a guest on a new device is offered a conversation from the same network. Everybody behind one router
    // shares that: leave it off unless the network is a household, or start() knows the guest by an account.
    'offer_by_network' => (bool) env('CHAT_OFFER_BY_NETWORK', false),
];
