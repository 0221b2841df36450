/**
 * Stands in for mock-socket in the files for a script tag: there the mock server is reached in memory alone, and nobody can
 * call its `listen()`.
 */
function Absent(): never {
  throw new Error('mock-socket is not part of the files for a script tag');
}

export { Absent as Server, Absent as WebSocket };
