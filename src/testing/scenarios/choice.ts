import { BackendError } from '../../backends/backend.js';
import { ScenarioError } from '../script/scenario-complaints.js';
import type { ScenarioData } from '../script/scenario-data.js';
import { readScenario } from '../script/scenario-reader.js';
import { scenariosFor } from './library.js';

/** A name of the library; everything else is an address. */
const NAME = /^[a-z\d]+(?:-[a-z\d]+)*$/i;

/**
 * The stories that somebody names in words: for the attribute `scenario`, and on a command line.
 * @param asked names of the library (`staff-escalation`; each brings `ai-reply`, which answers what it leaves) and addresses of
 *   JSON files that hold one scenario or a list of them, with commas between; each story comes once
 * @param read gives what an address holds, as JSON
 * @throws {BackendError} `scenario-unknown` for a name that the library does not have, and `scenario-invalid` for a file that
 *   cannot be read or played; the message says which, and all that is wrong with it
 */
export async function chooseScenarios(
  asked: string,
  read: (address: string) => Promise<unknown>,
): Promise<ScenarioData[]> {
  const parts = asked
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  const found = await Promise.all(parts.map((part) => (NAME.test(part) ? named(part) : written(part, read))));
  return [...new Map(found.flat().map((story) => [story.name, story])).values()];
}

function named(name: string): readonly ScenarioData[] {
  try {
    return scenariosFor(name);
  } catch (error) {
    throw new BackendError('scenario-unknown', `${(error as Error).message}, or the address of a JSON file`);
  }
}

async function written(
  address: string,
  read: (address: string) => Promise<unknown>,
): Promise<ScenarioData[]> {
  try {
    const data = await read(address);
    return (Array.isArray(data) ? (data as unknown[]) : [data]).map(readScenario);
  } catch (error) {
    const { message } = error as Error;
    const why =
      error instanceof ScenarioError ? `cannot be played:\n${message}` : `cannot be read: ${message}`;
    throw new BackendError('scenario-invalid', `the scenario ${address} ${why}`);
  }
}
