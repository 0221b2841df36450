import type { BackendOptions, CompleteBackend } from '../backends/backend.js';
import { MockChatServer } from './mock-chat-server.js';
import { chooseScenarios } from './scenarios/choice.js';
import type { Unmatched } from './turn-queue.js';

/** What a page may say of `backend="mock"`. */
export interface MockBackendOptions extends Partial<BackendOptions> {
  /**
   * What is told: names of the library or addresses of JSON files, with commas between them; the first that takes something
   * is the only one. Default `staff-escalation`, and `ai-reply` beside it.
   */
  scenario?: string | undefined;
  /** As for a `MockChatServer`: what chance decides is the same in each visit. Default: real chance. */
  seed?: number;
  /** As for a `MockChatServer`. Default `warn`. */
  unmatched?: Unmatched;
  /** The function that fetches the files. Default: the browser's own. */
  fetch?: typeof fetch;
}

/** The story that has most of what a chat can do. */
const DEFAULT_SCENARIO = 'staff-escalation';

/** One server for each way it was asked for: a widget that is taken out and put back finds its conversation. */
const servers = new Map<string, Promise<MockChatServer>>();

/**
 * A mock server in the page, for `backend="mock"`: what a page can have without a line of code.
 * @throws {BackendError} `scenario-unknown`, `scenario-invalid`
 */
export async function mockBackend({
  scenario,
  fetch = (input, init) => globalThis.fetch(input, init),
  seed,
  unmatched = 'warn',
}: MockBackendOptions): Promise<CompleteBackend> {
  const asked = scenario?.trim() || DEFAULT_SCENARIO;
  const key = JSON.stringify([asked, seed, unmatched]);
  let coming = servers.get(key);
  if (!coming) {
    coming = chooseScenarios(asked, (address) => fetched(address, fetch)).then(
      (scenarios) => new MockChatServer({ scenarios, unmatched, ...(seed !== undefined && { seed }) }),
    );
    servers.set(key, coming);
    // What could not be had now may be had later.
    coming.catch(() => servers.delete(key));
  }
  return (await coming).backend();
}

async function fetched(address: string, fetch: typeof globalThis.fetch): Promise<unknown> {
  const answer = await fetch(new URL(address, globalThis.document?.baseURI).href);
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return answer.json();
}
