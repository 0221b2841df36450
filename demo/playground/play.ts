/// <reference types="vite/client" />
import type { ChatWidget } from '../../src/index.js';
import { MockChatServer, type HttpExchange, type Voice } from '../../src/testing/index.js';
import { liveChat } from '../live-chat.js';
import type { Chat } from '../chat.js';
import type { Configuration } from './configuration.js';
import { scenariosOf } from './story.js';
import { tappedSocket, type Overheard } from './tapped-socket.js';
import { Weather } from './weather.js';
import { layWire } from './wires.js';

/** A chat that is being played: the widget, and what answers it. */
export interface Play {
  readonly widget: ChatWidget;
  /** The server inside the page; none where the live one answers. */
  readonly server?: MockChatServer;
  readonly weather: Weather;
  /** Requests, on a wire that makes some. */
  readonly exchanges: readonly HttpExchange[];
  /** The live server, whose line can be cut for everybody. */
  readonly live?: Chat;
  /** Takes the widget off the page, and ends the server. */
  end(): Promise<void>;
}

/** Choices that make another play; the others only change how this one looks, or the weather. */
export const NEW_PLAY = ['wire', 'scenario', 'story', 'seed'] as const satisfies (keyof Configuration)[];

/**
 * Sets up a widget and what answers it. It stores nothing: the server ends with the page, and so does the conversation.
 * @param hear told of what goes over the socket of the live server, which has no log here
 */
export async function setUp(
  configuration: Configuration,
  hear: (overheard: Overheard) => void,
): Promise<Play> {
  const widget = document.createElement('chat-widget') as ChatWidget;
  widget.persistence = 'none';
  widget.heading = 'Fernway support';
  widget.avatar = new URL('../fernway.svg', import.meta.url).href;
  widget.suggestions = ['Track an order', 'Start a return or exchange', 'I’d like to talk to somebody'];
  dress(widget, configuration);
  const { wire: name, seed } = configuration;
  if (name === 'live') {
    widget.url = '/chat';
    widget.WebSocket = tappedSocket(hear);
    const end = async (): Promise<void> => widget.remove();
    return { widget, weather: new Weather([]), exchanges: [], live: liveChat(), end };
  }
  const server = new MockChatServer({
    scenarios: scenariosOf(configuration),
    ...(seed !== '' && { seed: Number(seed) }),
    unmatched: 'ignore',
  });
  const { networks, exchanges } = await layWire(name, server, widget);
  const end = async (): Promise<void> => {
    widget.remove();
    await server.stop();
  };
  return { widget, server, weather: new Weather(networks), exchanges, end };
}

/** Gives a widget the looks that are chosen. */
export function dress(
  widget: ChatWidget,
  { locale, theme, dir, mode, position, brand }: Configuration,
): void {
  Object.assign(widget, { locale, theme, mode, position });
  if (dir) widget.dir = dir;
  else widget.removeAttribute('dir');
  widget.style.setProperty('--chat-brand', brand);
}

/** Somebody of the team in the conversation that began last; undefined while there is none. */
export function teammate({ server }: Play, name: string): Voice | undefined {
  return server && server.conversations.length > 0 ? server.staff({ name }) : undefined;
}
