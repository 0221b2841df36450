/** The strings of the design specification, as it lists them: `group: name=English | …`. */
const LISTED = `
launcher: open=Open chat | unread=Open chat, {n} unread messages | close=Close chat | label=Chat with us
header: panel=Chat with {team} | menu=More options | min=Minimise chat | reply=Usually replies in {time}
 here=Support · here now | ai=AI assistant · people on hand | ended=Conversation ended | back=Back {when}
 finding=Finding you a person | dismiss=Dismiss preview
welcome: hi=Hi there. | title=How can we help today? | ask=Ask us anything… | wait=Open now · about {n} minutes
ai: name=Assistant | tag=AI | note=Answers may come from an AI assistant. | yes=Helpful | no=Not helpful
 stop=Stop reply | stopped=Reply stopped | replying={name} is replying
 long=Long reply. Read the rest in the conversation.
log: label=Conversation | new=New | skip=Skip to message box | jump={n} new messages
 today=Today | yesterday=Yesterday | staff=Support | said={name} said, {time} | typing={name} is typing
 notice=New message from {name} | replies=Suggested replies
status: sending=Sending | queued=Waiting to send | sent=Sent | delivered=Delivered | read=Read
 failed=Not sent | retry=Try again | delete=Delete
input: label=Message | hint=Write a message… | wait=Add details while you wait… | attach=Attach a file | send=Send message
net: connecting=Connecting… | reconnecting=Reconnecting… Next try in {n} seconds. | now=Try now
 offline=You're offline. Messages will send when you're back. | restored=Back online. {n} messages sent.
 down=We can't reach the chat. | load=We couldn't load your chat | retry=Retry
 help=Check your connection, then try again. Your messages are safe.
person: ask=Talk to a person | asked=You asked to talk to a person | place=Your place in line
 wait=About {n} minutes | long=Still looking. Thanks for waiting. | email=Email me instead | leave=Leave queue
 share=We've shared this chat with the team, so you won't need to repeat yourself.
 joined={name} joined | left={name} left | ended={name} ended the conversation | youleft=You left the queue.
hours: title=Leave a message | sent=Thanks. We'll reply to {email}.
form: title=Tell us who you are | name=Name | email=Email | topic=What is it about? | start=Start chat
 privacy=We use this only to answer you. | required=Enter your {field}. | bad=Enter an email like name@example.com.
file: up=Uploading {p}% | big={name} is too large. The limit is {max}. | type={name} can't be sent. Try {types}.
 cancel=Cancel upload of {name} | get=Download {name} | remove=Remove {name} | view=View image: {alt}
rate: q=How was your chat with {name}? | 1=Terrible | 2=Poor | 3=Okay | 4=Good | 5=Great
 more=Anything to add? | send=Send feedback | skip=Skip | done=Thanks for telling us. | again=Start a new conversation
`;

/** The English texts of the design specification by key; apostrophes are typographic in what ships. */
export function designedTexts(): Record<string, string> {
  const texts: Record<string, string> = {};
  let group = '';
  for (const line of LISTED.trim().split('\n')) {
    const [, name, items] = /^(?:(\w+):)?\s*(.*)$/.exec(line)!;
    group = name ?? group;
    for (const item of items!.split(' | ')) {
      const [, key, text] = /^(\w+)=(.*)$/.exec(item.trim())!;
      texts[`${group}.${key}`] = text!.replaceAll("'", '’');
    }
  }
  return texts;
}
