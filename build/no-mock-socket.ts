/**
 * Stands in for mock-socket in the files for a script tag: there the mock server is reached in memory alone, and nobody can
 * call its `listen()`.
 */
export class Server {}
export class WebSocket {}
