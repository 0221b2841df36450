/** Why a message was not sent. Its `code` is a nack code of the server, `too-long`, `empty` or `cancelled`. */
export class SendError extends Error {
  override readonly name = 'SendError';
  constructor(
    /** A nack code of the server, or `too-long`, `empty`, `cancelled`, `url-missing`. */
    readonly code: string,
    message: string,
  ) {
    super(message || `message refused: ${code}`);
  }
}
