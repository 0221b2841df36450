/** Why a message was not sent. Its `code` is a nack code of the server, `too-long`, `empty` or `cancelled`. */
export class SendError extends Error {
  override readonly name = 'SendError';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message || `message refused: ${code}`);
  }
}
