import { scenarioLibrary } from '../../src/testing/index.js';
import { LOCALES } from '../gallery/look.js';
import { CHOICES, type Choice, type Configuration } from './configuration.js';
import { OWN } from './story.js';
import { hasLiveServer, hasSockets, type WireName } from './wires.js';

/** What each wire is, for who chooses one. */
const WIRES_SAY: Readonly<Record<WireName, string>> = {
  memory: 'No socket, but the real frames, text and all.',
  websocket: 'The class of mock-socket in place of the browser’s own.',
  'socket-io': 'The official client: Engine.IO handshake, packets, namespaces.',
  pusher: 'HTTP up, the Pusher protocol down, with signatures.',
  http: 'POST up, server-sent events down. Replies come whole, and there is no button for a person.',
  live: 'A real WebSocket to the chat server of npm start. It plays its own story.',
};

/** The fields of the page, as a configuration. */
export class Controls {
  readonly #form: HTMLFormElement;

  constructor(form: HTMLFormElement) {
    this.#form = form;
    for (const [tag, name] of Object.entries(LOCALES)) this.#select('locale').add(new Option(name, tag));
    for (const name of scenarioLibrary.keys()) this.#select('scenario').add(new Option(name, name));
    this.#select('scenario').add(new Option('Your own', OWN));
    if (!hasLiveServer) this.#form.querySelector('option[value=live]')!.remove();
  }

  /** Shows a configuration. */
  show(configuration: Configuration): void {
    for (const name of CHOICES) {
      const field = this.#field(name);
      if (field instanceof HTMLInputElement && field.type === 'checkbox') {
        field.checked = configuration[name] !== '';
      } else if (field) field.value = configuration[name];
    }
    // An address may know a delay that is not on offer.
    const { delay, wire, scenario } = configuration;
    const offered = this.#select('delay');
    if (offered.value !== delay) offered.add(new Option(`${delay} ms`, delay, false, true));
    this.one('#wire-says').textContent = WIRES_SAY[wire];
    this.one('#scenario-says').textContent =
      scenarioLibrary.get(scenario)?.().about ?? 'What you write below.';
    this.one('#own').hidden = scenario !== OWN || wire === 'live';
    const kinds = {
      double: wire !== 'live',
      live: wire === 'live',
      http: wire === 'http',
      sockets: hasSockets(wire),
    };
    for (const element of this.#form.querySelectorAll<HTMLElement>('[data-only]')) {
      element.hidden = !kinds[element.dataset.only as keyof typeof kinds];
    }
  }

  /** What a field that was changed says now; undefined for one that is no choice. */
  read(target: EventTarget | null): { name: Choice; value: string } | undefined {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return undefined;
    const name = CHOICES.find((choice) => choice === target.name);
    if (!name) return undefined;
    const off = target instanceof HTMLInputElement && target.type === 'checkbox' && !target.checked;
    return { name, value: off ? '' : target.value };
  }

  /** The element that a selector finds first. @throws when there is none */
  one<T extends HTMLElement>(selector: string): T {
    const found = this.#form.querySelector<T>(selector);
    if (!found) throw new Error(`the page has no ${selector}`);
    return found;
  }

  /** The number in a field, within its bounds. */
  number(selector: string): number {
    const { value, min, max } = this.one<HTMLInputElement>(selector);
    return Math.min(Math.max(Math.round(Number(value)) || 1, Number(min)), Number(max));
  }

  #select(name: Choice): HTMLSelectElement {
    return this.#field(name) as HTMLSelectElement;
  }

  #field(name: Choice): HTMLInputElement | HTMLSelectElement | undefined {
    return (this.#form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement | null) ?? undefined;
  }
}
