/** Something was lost, doubled or put out of order. Test runners show it as a failed assertion. */
export class DeliveryError extends Error {
  override readonly name = 'AssertionError';

  /**
   * @param problems one sentence each
   * @param actual messages of the widget, a line each
   * @param expected messages of the server, a line each
   */
  constructor(
    /** What is wrong, a sentence each. */
    readonly problems: readonly string[],
    /** Messages of the widget, a line each. */
    readonly actual: readonly string[],
    /** Messages of the server, a line each. */
    readonly expected: readonly string[],
  ) {
    super(`the widget and the server do not have the same conversation:\n- ${problems.join('\n- ')}`);
  }
}
