/** What is said in the gallery. The widget's own words come from its language; these come from a guest and those who answer. */
import type { Author } from '../../src/protocol/message.js';

const portrait = (name: 'maya' | 'luca' | 'noor'): string => new URL(`./${name}.svg`, import.meta.url).href;

/** Who speaks, and what they say. */
export interface Words {
  readonly team: string;
  readonly ai: Author;
  readonly maya: Author;
  readonly luca: Author;
  readonly noor: Author;
  readonly starters: readonly string[];
  readonly welcome: string;
  readonly mayReturn: string;
  readonly yesYouCan: string;
  readonly footprint: string;
  readonly notInTheBox: string;
  readonly guide: string;
  readonly chart: string;
  readonly replies: readonly string[];
  readonly forecast: string;
  readonly packing: string;
  readonly packingList: string;
  readonly person: string;
  readonly photo: string;
  readonly sorry: string;
  readonly which: string;
  readonly long: string;
  readonly split: string;
  readonly check: string;
  readonly second: string;
  readonly number: string;
  readonly helps: string;
  readonly covered: string;
  readonly where: string;
  readonly address: string;
  readonly signature: string;
  readonly unsigned: string;
  readonly rush: string;
  readonly sorted: string;
  readonly thanks: string;
  readonly left: string;
  readonly text: string;
  readonly boxes: string;
}

const ENGLISH: Words = {
  team: 'Fernway support',
  ai: { id: 'ai', role: 'ai', name: 'Assistant' },
  maya: { id: 'maya', role: 'staff', name: 'Maya Okafor', avatarUrl: portrait('maya') },
  luca: { id: 'luca', role: 'staff', name: 'Luca Brandt', avatarUrl: portrait('luca') },
  noor: { id: 'noor', role: 'staff', name: 'Noor Haddad', avatarUrl: portrait('noor') },
  starters: ['Track an order', 'Start a return or exchange', 'Help me choose a size'],
  welcome: 'Good morning! Ask me about tents, poles and returns.',
  mayReturn: 'Can I still return the Ridge 2 tent? I bought it three weeks ago.',
  yesYouCan:
    '**Yes, you can.** Tents come back free within 60 days, and yours has 39 days left.\n\n| Option | Takes | Cost |\n|---|---|---|\n| Refund to card | 3–5 days | Free |\n| Exchange | 2 days | Free |\n\nTo start the return:\n\n1. Pack the tent with its poles and pegs.\n2. Print the label for order `FW-20418`.\n3. Drop it at any parcel point, or ask us to',
  footprint: 'Does the footprint come with it?',
  notInTheBox:
    'Not in the box. The [Ridge 2 footprint](https://fernway.example/footprint) is sold separately, and it fits every Ridge tent made since 2022.\n\nCheck the code on the flysheet tag:\n\n```\nRIDGE-2 / rev C / 2024\n```',
  guide: 'Ridge 2 guide',
  chart: 'Footprint fit chart',
  replies: ['Add the footprint', 'Is it waterproof?', 'Talk to a person'],
  forecast: 'Checking the forecast',
  packing: 'What should I pack for a wet weekend on the West Highland Way?',
  packingList:
    '### For two wet days, keep it short\n\nYou’ll carry everything between huts, so aim for under nine kilos.\n\n- **Shell and spare layer**: one waterproof jacket, one fleece, one dry base layer in a sealed bag.\n- **Shelter**: the Ridge 2 with its footprint; pitch inner last to keep it dry.\n- **Feet**: two pairs of wool socks and gaiters for the boggy stretch after Rowardennan.',
  person: 'I’d rather talk to someone about a broken pole.',
  photo: 'Thanks, I’ll send a photo tomorrow.',
  sorry: 'Hi Sam, sorry about that pole!',
  which: 'Is it the long ridge one?',
  long: 'The long one',
  split: 'It split near the second joint',
  check: 'Could you check the number printed by the joint?',
  second: 'One second',
  number: 'It says R2-P-118',
  helps: 'Does that help?',
  covered: 'That’s covered. I’ll send a new one today.',
  where: 'Where should we send it?',
  address: '14 Alder Row, Kendal, LA9 4QQ. Leave it with the neighbour at 16 if I’m out.',
  signature: 'Does it need a signature?',
  unsigned: 'No signature needed.',
  rush: 'No rush with the address, I’m here until six today.',
  sorted: 'All sorted. Enjoy the weekend in the hills!',
  thanks: 'Thank you, Maya!',
  left: 'Your order `FW-20418` left our Kendal store this morning. [Track it here](https://fernway.example/track).',
  text: '## Care for your tent\n\nDry it **before** you pack it, and *never* machine-wash it. ~~Bleach~~ is the end of any coating.\n\n1. Shake it out\n2. Sponge it with cold water\n   - no soap\n   - no brush\n3. Hang it in the shade\n\n> A tent that is put away wet is a tent that is put away for good.\n\n- [x] Poles wiped\n- [ ] Pegs counted\n\nMore in the [care guide](https://fernway.example/care), or write to <help@fernway.example>.',
  boxes:
    'The weights, with and without poles:\n\n| Tent | Packed | Trail | Rooms | Colour |\n|:---|---:|---:|:---:|:---|\n| Ridge 1 | 1.4 kg | 1.2 kg | 1 | moss |\n| Ridge 2 | 1.9 kg | 1.6 kg | 1 | rust, moss |\n\nTo read them from our catalogue:\n\n```js\nconst tents = await catalogue.read({ kind: "tent", weight: { below: 2000 } });\n```\n\n---\n\n![The Ridge 2 at dusk](https://pictures.example/ridge-2.jpg)',
};

const ARABIC: Words = {
  team: 'دعم فيرنواي',
  ai: { id: 'ai', role: 'ai', name: 'المساعد' },
  maya: { id: 'maya', role: 'staff', name: 'مايا أوكافور', avatarUrl: portrait('maya') },
  luca: { id: 'luca', role: 'staff', name: 'لوكا براندت', avatarUrl: portrait('luca') },
  noor: { id: 'noor', role: 'staff', name: 'نور حداد', avatarUrl: portrait('noor') },
  starters: ['تتبّع طلبي', 'إرجاع أو استبدال', 'ساعدني في اختيار المقاس'],
  welcome: 'صباح الخير! اسألني عن الخيام والأعمدة والإرجاع.',
  mayReturn: 'هل ما زال بإمكاني إرجاع خيمة Ridge 2؟ اشتريتها قبل ثلاثة أسابيع.',
  yesYouCan:
    '**نعم، يمكنك ذلك.** تُعاد الخيام مجانًا خلال 60 يومًا، وبقي لك 39 يومًا.\n\n| الخيار | المدة | التكلفة |\n|---|---|---|\n| استرداد المبلغ | 3–5 أيام | مجانًا |\n| استبدال | يومان | مجانًا |\n\nلبدء الإرجاع:\n\n1. ضع الخيمة مع أعمدتها وأوتادها.\n2. اطبع ملصق الطلب `FW-20418`.\n3. سلّمها في أي نقطة طرود، أو اطلب منا أن',
  footprint: 'هل تأتي القاعدة معها؟',
  notInTheBox:
    'ليست في العلبة. تُباع [قاعدة Ridge 2](https://fernway.example/footprint) منفصلة، وتناسب كل خيام Ridge منذ 2022.\n\nتحقّق من الرمز على البطاقة:\n\n```\nRIDGE-2 / rev C / 2024\n```',
  guide: 'دليل Ridge 2',
  chart: 'جدول مقاسات القاعدة',
  replies: ['أضف القاعدة', 'هل هي مقاومة للماء؟', 'التحدث إلى شخص'],
  forecast: 'أراجع توقعات الطقس',
  packing: 'ماذا أحمل لعطلة ماطرة في الجبال؟',
  packingList:
    '### ليومين ماطرين، خفّف الحمل\n\nستحمل كل شيء بين الأكواخ، فليكن أقل من تسعة كيلوغرامات.\n\n- **سترة وطبقة إضافية**: سترة مقاومة للماء وطبقة جافة في كيس محكم.\n- **المأوى**: خيمة Ridge 2 مع قاعدتها.\n- **القدمان**: زوجان من جوارب الصوف.',
  person: 'أفضّل التحدث إلى شخص عن عمود مكسور.',
  photo: 'شكرًا، سأرسل صورة غدًا.',
  sorry: 'مرحبًا سام، قرأت المحادثة كاملة.',
  which: 'هل العمود المكسور هو الطويل؟',
  long: 'نعم، الطويل',
  split: 'Model: Ridge 2, rev C',
  check: 'هل يمكنك قراءة الرقم المطبوع عند الوصلة؟',
  second: 'لحظة واحدة',
  number: 'الرقم R2-P-118',
  helps: 'هل هذا مفيد؟',
  covered: 'هذا مشمول بالضمان. سأرسل لك عمودًا جديدًا اليوم.',
  where: 'إلى أين نرسله؟',
  address: '14 Alder Row, Kendal. اتركه عند الجيران إن لم أكن في البيت.',
  signature: 'هل يحتاج إلى توقيع؟',
  unsigned: 'لا حاجة إلى توقيع.',
  rush: 'لا داعي للعجلة، أنا هنا حتى السادسة.',
  sorted: 'تم كل شيء. استمتع بعطلتك في الجبال!',
  thanks: 'شكرًا يا مايا!',
  left: 'غادر طلبك `FW-20418` متجرنا هذا الصباح. [تتبّعه هنا](https://fernway.example/track).',
  text: '## العناية بالخيمة\n\nجفّفها **قبل** طيّها، ولا تغسلها *أبدًا* في الغسالة. ~~المبيّض~~ يفسد كل طلاء.\n\n1. انفضها\n2. امسحها بماء بارد\n   - بلا صابون\n   - بلا فرشاة\n3. علّقها في الظل\n\n> الخيمة التي تُطوى مبتلّة لا تُفتح ثانية.\n\n- [x] مُسحت الأعمدة\n- [ ] عُدّت الأوتاد\n\nالمزيد في [دليل العناية](https://fernway.example/care) أو <help@fernway.example>.',
  boxes:
    'الأوزان مع الأعمدة وبدونها:\n\n| الخيمة | مع الأعمدة | بدونها | الغرف | اللون |\n|:---|---:|---:|:---:|:---|\n| Ridge 1 | 1.4 كغ | 1.2 كغ | 1 | أخضر |\n| Ridge 2 | 1.9 كغ | 1.6 كغ | 1 | أحمر، أخضر |\n\nلقراءتها من دليلنا:\n\n```js\nconst tents = await catalogue.read({ kind: "tent", weight: { below: 2000 } });\n```\n\n---\n\n![خيمة Ridge 2 عند الغروب](https://pictures.example/ridge-2.jpg)',
};

/** The words for a locale: Arabic ones where that is spoken, else English ones, whatever language the widget speaks. */
export const wordsFor = (locale: string): Words => (/^ar\b/i.test(locale) ? ARABIC : ENGLISH);
