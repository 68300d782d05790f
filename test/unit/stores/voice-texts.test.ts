import { VoiceTexts } from '@/stores/chat/voice-texts';
import { settle } from '../fakes/fake-clock';
import { openChat } from './fakes/chat-stage';

const VOICE = { url: 'https://sounds.example/a.AAC?x=1', duration: 4000 };

async function setUp() {
  const { connection, host } = await openChat();
  const asked: unknown[] = [];
  let answer: () => unknown = () => 'hello';
  connection.answers.set('voiceToText', (params: unknown) => {
    asked.push(params);
    return answer();
  });
  const texts = new VoiceTexts(connection.asConnection(), host.clock);
  return { texts, host, asked, answerWith: (next: () => unknown) => (answer = next) };
}

test('a voice message is converted once, by its address, format and length', async () => {
  const { texts, asked } = await setUp();
  const first = texts.convert('a', VOICE);
  expect(texts.of('a')).toEqual({ state: 'running' });
  await texts.convert('a', VOICE);
  await first;
  expect(texts.of('a')).toEqual({ state: 'done', text: 'hello' });
  expect(asked).toEqual([
    { voiceUrl: VOICE.url, mimeType: 'aac', sampleRate: '16000', duration: 4000 },
  ]);
});

test('no answer, a refusal and an empty text are failures, and can be tried again', async () => {
  const { texts, host, answerWith } = await setUp();
  answerWith(() => new Promise(() => undefined));
  const silent = texts.convert('a', VOICE);
  await host.clock.advance(32_000);
  await silent;
  expect(texts.of('a')).toEqual({ state: 'failed', code: 191005 });
  answerWith(() => '');
  await texts.convert('a', VOICE);
  expect(texts.of('a')).toMatchObject({ state: 'failed' });
  answerWith(() => 'hello');
  await texts.convert('a', VOICE);
  expect(texts.of('a')).toMatchObject({ state: 'done' });
});

test('the newest 100 texts are kept', async () => {
  const { texts } = await setUp();
  for (let i = 0; i < 101; i++) await texts.convert(`${i}`, VOICE);
  await settle();
  expect(texts.of('0')).toBeUndefined();
  expect(texts.of('1')).toBeDefined();
  texts.hide('1');
  expect(texts.of('1')).toBeUndefined();
});
