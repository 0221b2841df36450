/** Classes and types, for bundlers and Node. Importing this does nothing; `define.ts` registers the elements. */
export { ChatWidget } from './elements/chat-widget.js';
export { CwComposer } from './elements/cw-composer.js';
export { CwGroup } from './elements/cw-group.js';
export { CwHeader } from './elements/cw-header.js';
export { CwHero } from './elements/cw-hero.js';
export { CwLauncher } from './elements/cw-launcher.js';
export { CwMessage } from './elements/cw-message.js';
export { CwNotice } from './elements/cw-notice.js';
export { CwPanel } from './elements/cw-panel.js';
export { CwQueue } from './elements/cw-queue.js';
export { CwTranscript } from './elements/cw-transcript.js';
export { CwTyping } from './elements/cw-typing.js';
export type { ClientHandle } from './elements/client-handle.js';
export {
  ChatAnsweringEvent,
  ChatBeforeSendEvent,
  ChatDeliveryEvent,
  ChatMessageEvent,
  ChatStatusEvent,
  ChatUnreadEvent,
} from './elements/client-events.js';
export { ChatErrorEvent, ChatHideEvent, ChatReadyEvent, ChatShowEvent } from './elements/events.js';
export type { Layer, Mode, Position, Theme } from './elements/choices.js';
export type { Suggestion } from './elements/options.js';
export { ENGLISH } from './i18n/strings.js';
export type { ChatStrings, StringKey } from './i18n/strings.js';
export type { PluralForms, Text } from './i18n/text.js';
export { ChatClient } from './conversation/chat-client.js';
export type { ChatClientOptions, SendOptions } from './conversation/client-options.js';
export type { Diagnosis, DiagnosisAttempt, DiagnosisCheck } from './conversation/diagnosis.js';
export type { ChatErrorCode, ChatNotifications } from './conversation/notifications.js';
export { SendError } from './conversation/send-error.js';
export type { ChatMessage, ChatState, Delivery, TypingSignal } from './conversation/state.js';
export type { TranscriptFormat } from './conversation/transcript.js';
export type { ConnectionState, ConnectionStatus, StatusReason } from './connection/status.js';
export { BackendError } from './backends/backend.js';
export type { Backend, BackendErrorCode, BackendOptions, CompleteBackend } from './backends/backend.js';
export { loadBackend, registerBackend } from './backends/load.js';
export type { BackendFactory, LoadOptions } from './backends/load.js';
export { LinkError, RefusedError } from './transports/transport.js';
export type { CloseReason, Link, LinkClose, LinkEvents, Transport } from './transports/transport.js';
export { webSocketTransport } from './transports/websocket.js';
export type { WebSocketTransportOptions } from './transports/websocket.js';
export type { Clock, TimerHandle } from './platform/clock.js';
export type { Persistence } from './platform/note.js';
export type { WakeSignal, WakeSignals } from './platform/wake-signals.js';
export { defineCodec } from './protocol/codec.js';
export type {
  Codec,
  CodecCommand,
  CodecDefinition,
  CodecTraits,
  CommandTable,
  EventTable,
} from './protocol/codec.js';
export type { LooseEvent, LooseMessage } from './protocol/loose-event.js';
export type {
  ClientCommand,
  ClientCommandOf,
  GuestProfile,
  Hello,
  PageInfo,
  Send,
} from './protocol/client-command.js';
export type { Frame } from './protocol/frame.js';
export { ROLES } from './protocol/message.js';
export type {
  Attachment,
  AttachmentRef,
  Author,
  Message,
  QuickReply,
  Role,
  Source,
  SystemEvent,
} from './protocol/message.js';
export { ProtocolError } from './protocol/read.js';
export type { Feature, Limits } from './protocol/offer.js';
export type { Answering, NackCode, ServerEvent, ServerEventOf, Welcome } from './protocol/server-event.js';
export type { KnownMessage, KnownThread, Session } from './protocol/session.js';
