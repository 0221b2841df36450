/** The mock server harness: published as the package's `/testing` entry. */
export {
  FakeFetch,
  type FakeFetchOptions,
  type HttpEngine,
  type HttpExchange,
} from './bindings/fake-fetch.js';
export type { MockSocketServer } from './bindings/mock-socket.js';
export {
  attachToPage,
  type AttachOptions,
  type PageSocket,
  type RoutablePage,
} from './bindings/playwright-page.js';
export { TextLine, type TextSocket } from './bindings/text-line.js';
export type { ServerEnd } from './cable.js';
export type { Dialect } from './dialects/dialect.js';
export { nativeDialect } from './dialects/native.js';
export { AUTHORS, makeMessage, makeSystemMessage, makeThread } from './fixtures.js';
export { ChatHost, type Arrival, type ChatHostOptions, type ShutDownOptions } from './host/chat-host.js';
export type { Conversation } from './host/conversation.js';
export type { GuestLine } from './host/guest-line.js';
export type { HistoryPage, PageRequest } from './host/history.js';
export type { NackOptions } from './host/inbox.js';
export type { MessageDraft } from './host/message-draft.js';
export type { Peer } from './host/peer.js';
export { snapshotOf, type ConversationRecord, type HostSnapshot, type JournalEntry } from './host/record.js';
export type { ReplyStream } from './host/reply-stream.js';
export { countingIds, randomIds, type IdKind, type MakeId } from './identifiers.js';
export { ManualClock, type ManualClockOptions } from './manual-clock.js';
export { MockChatServer, type MockChatServerOptions } from './mock-chat-server.js';
export type { Network } from './network.js';
export { MockPusherServer, type PusherSignRequest } from './pusher/mock-pusher-server.js';
export type { PusherPersonality } from './pusher/personality.js';
export type { PusherCall } from './pusher/pusher-call.js';
export {
  PusherHost,
  type PusherChannelInfo,
  type PusherHostOptions,
  type PusherSignature,
} from './pusher/pusher-host.js';
export type { PusherMember } from './pusher/pusher-room.js';
export type { Deed, Doer } from './replay/deeds.js';
export { Replay, replay, type ReplayOptions } from './replay/replay.js';
export { aiComesBack, type AiComesBackOptions } from './scenarios/ai-comes-back.js';
export { aiReply, type AiReplyOptions } from './scenarios/ai-reply.js';
export type { Answer } from './scenarios/answer.js';
export { busyQueue, type BusyQueueOptions } from './scenarios/busy-queue.js';
export { chooseScenarios } from './scenarios/choice.js';
export { faq, type FaqOptions } from './scenarios/faq.js';
export { flakyNetwork, type FlakyNetworkOptions } from './scenarios/flaky-network.js';
export { hostile } from './scenarios/hostile.js';
export { scenarioLibrary, scenariosFor } from './scenarios/library.js';
export { longAnswer } from './scenarios/long-answer.js';
export { longHistory } from './scenarios/long-history.js';
export { nobodyAvailable, type NobodyAvailableOptions } from './scenarios/nobody-available.js';
export { acknowledge, type Scenario } from './scenarios/scenario.js';
export { serverRestart, type ServerRestartOptions } from './scenarios/server-restart.js';
export { SHOP_ANSWERS } from './scenarios/shop-answers.js';
export { slowTyper, type SlowTyperOptions } from './scenarios/slow-typer.js';
export { staffEscalation, type StaffEscalationOptions } from './scenarios/staff-escalation.js';
export { staffLeaves, type StaffLeavesOptions } from './scenarios/staff-leaves.js';
export { TEAM_ANSWERS } from './scenarios/team-answers.js';
export type { TeamPace } from './scenarios/team-people.js';
export { transfer, type TransferOptions } from './scenarios/transfer.js';
export type { Playable } from './script/cast.js';
export { ScenarioError } from './script/scenario-complaints.js';
export type {
  AckStep,
  AnswerRow,
  AnswerStep,
  CloseStep,
  DeedTrigger,
  DequeueStep,
  Duration,
  EitherStep,
  FaultStep,
  FrameStep,
  JoinStep,
  LeaveStep,
  LineTrigger,
  MessageTrigger,
  ModeStep,
  NackStep,
  PastMessage,
  PlayStep,
  QueueStep,
  RateStep,
  RateTrigger,
  ReactStep,
  ReceiptStep,
  ReportStep,
  SayingOptions,
  SayStep,
  ScenarioData,
  Speaker,
  Step,
  StreamStep,
  ThinkStep,
  TimeTrigger,
  TransferStep,
  Trigger,
  TriggerConditions,
  TypingStep,
  WaitStep,
  Words,
} from './script/scenario-data.js';
export { readScenario, scenarioProblems } from './script/scenario-reader.js';
export type { Spoilable } from './script/stage.js';
export { seeded } from './seed.js';
export { DeliveryError } from './sight/delivery-error.js';
export { heldTranscript, type MessageHolder } from './sight/held-transcript.js';
export { expectNothingLost, type NothingLostOptions } from './sight/nothing-lost.js';
export { transcript, type SeenWidget, type TranscriptEntry } from './sight/transcript.js';
export { untilSaid, type UntilSaidOptions } from './sight/until-said.js';
export { viewOf, type WidgetView } from './sight/view.js';
export { memorySocketIo, type SocketIoModule } from './socket-io/memory-client.js';
export { SocketIoLine } from './socket-io/socket-io-line.js';
export type { LogEntry, LogEvent } from './traffic-log.js';
export { UnmatchedError, type Unmatched } from './turn-queue.js';
export { Turn, type QueuePlace, type StaffProfile } from './turn.js';
export type { SayOptions, Voice } from './voice.js';
export { HTTP_ROUTES, httpEngine, overHttp } from './wires/over-http.js';
export { laravelEngine, overPusher, PUSHER_OPTIONS } from './wires/over-pusher.js';
export { answerSocketIo, overSocketIo, SOCKET_IO_OPTIONS } from './wires/over-socket-io.js';
