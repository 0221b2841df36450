import { FIRST, type Configuration } from './configuration.js';
import { OWN } from './story.js';
import type { DoubleName } from './wires.js';

/** Attributes of the element that are choices here, under the same names. */
const LOOKS = ['locale', 'theme', 'dir', 'mode', 'position'] as const;

/** How a script hands the server of the harness to a widget. */
const HANDED: Readonly<Record<DoubleName, { takes?: string; needs?: string; does: string }>> = {
  memory: { does: 'widget.backend = server.backend();' },
  websocket: {
    does: "widget.WebSocket = server.listen('wss://chat.test').WebSocket;\n  widget.url = 'wss://chat.test';",
  },
  'socket-io': {
    takes: 'overSocketIo',
    needs: "import * as client from 'socket.io-client';",
    does: 'widget.backend = overSocketIo(server, client);',
  },
  pusher: { takes: 'overPusher', does: 'widget.backend = overPusher(server);' },
  http: { takes: 'overHttp', does: 'widget.backend = overHttp(server);' },
};

/**
 * The HTML that makes a configuration. A story of the library in memory needs no more than attributes; every other wire,
 * an own story and faults need the harness, and so a bundler.
 */
export function markupOf(configuration: Configuration): string {
  const { wire, scenario, brand } = configuration;
  const style =
    brand === FIRST.brand ? '' : `<style>\n  chat-widget {\n    --chat-brand: ${brand};\n  }\n</style>\n`;
  if (wire === 'live') {
    return `${loader}${style}${element(configuration, ['url="wss://shop.example/chat"'])}`;
  }
  if (wire === 'memory' && scenario !== OWN && !needsHarness(configuration)) {
    return `${loader}${style}${element(configuration, ['backend="mock"', `scenario="${scenario}"`])}`;
  }
  return `${style}${element(configuration, ['persistence="none"'])}${script(configuration, wire)}`;
}

const loader = '<script type="module" src="https://example.com/chat-widget.js"></script>\n';

function needsHarness({ seed, delay, duplicate, reorder }: Configuration): boolean {
  return seed !== '' || delay !== '0' || duplicate !== '' || reorder !== '';
}

function element(configuration: Configuration, first: readonly string[]): string {
  const looks = LOOKS.filter((name) => configuration[name] !== FIRST[name]).map(
    (name) => `${name}="${configuration[name]}"`,
  );
  const attributes = [...first, 'heading="Fernway support"', ...looks];
  const line = `<chat-widget ${attributes.join(' ')}></chat-widget>\n`;
  return line.length <= 88 ? line : `<chat-widget\n  ${attributes.join('\n  ')}\n></chat-widget>\n`;
}

function script(configuration: Configuration, wire: DoubleName): string {
  const { scenario, story, seed, delay, duplicate, reorder } = configuration;
  const { takes, needs, does } = HANDED[wire];
  const own = scenario === OWN;
  const names = ['MockChatServer', ...(own ? ['aiReply', 'readScenario'] : ['scenariosFor']), takes];
  const scenarios = own ? '[readScenario(story), aiReply()]' : `scenariosFor('${scenario}')`;
  const faults = [
    ...(delay === '0' ? [] : [`.delay(${delay})`]),
    ...(duplicate ? ['.duplicate()'] : []),
    ...(reorder ? ['.reorder()'] : []),
  ].join('');
  // Over HTTP the faults are those of its requests.
  const network = wire === 'http' ? 'widget.backend.network' : 'server.network';
  const lines = [
    "import 'chat-widget-element/define';",
    `import { ${names.filter(Boolean).join(', ')} } from 'chat-widget-element/testing';`,
    ...(needs ? [needs] : []),
    '',
    // Within a script element, a text must seem neither to end it nor to begin a comment.
    ...(own ? [`const story = ${tidy(story).replaceAll(/<(?=[/!])/g, String.raw`\u003C`)};`] : []),
    `const server = new MockChatServer({ scenarios: ${scenarios}${seed && `, seed: ${seed}`} });`,
    "const widget = document.querySelector('chat-widget');",
    does,
    ...(faults ? [`${network}${faults};`] : []),
  ];
  const indented = lines.map((line) => line && `  ${line.replaceAll(/\n(?! {2}widget)/g, '\n  ')}`);
  return `<script type="module">\n${indented.join('\n')}\n</script>\n`;
}

/** JSON as it is usually written. What is none is a text, and never code: it may come out of somebody's link. */
function tidy(story: string): string {
  try {
    return JSON.stringify(JSON.parse(story), null, 2);
  } catch {
    return JSON.stringify(story);
  }
}
