import { DraftField } from '@/components/composer/draft-field';

jest.useFakeTimers();
const flush = () => jest.runAllTimers();

/** A node whose value Taro sets on each input event, as FormElement does, with its updates to the view thread. */
function fakeElement() {
  const sent: string[] = [];
  const attributes: string[] = [];
  const setAttribute = (name: string, value: string) => {
    if (name === 'value') sent.push(value);
    else attributes.push(`${name}=${value}`);
  };
  return { sent, attributes, value: '', setAttribute };
}

describe('the draft field in a mini-program', () => {
  const target = process.env.TARO_ENV;
  beforeAll(() => (process.env.TARO_ENV = 'weapp'));
  afterAll(() => (process.env.TARO_ENV = target));

  function field() {
    const element = fakeElement();
    const draft = new DraftField();
    draft.attach(element);
    const type = (text: string) => {
      element.value = text;
      draft.typed(text);
    };
    return { draft, element, type };
  }

  test('typing sends no update to the view thread', () => {
    const { draft, element, type } = field();
    for (const text of ['h', 'he', 'hello']) type(text);
    expect(draft.text).toBe('hello');
    expect(element.value).toBe('hello');
    expect(element.sent).toEqual([]);
  });

  test('the caret is at the last position from the view thread, or behind text that the app inserted', () => {
    const { draft, type } = field();
    type('hello');
    expect(draft.selection).toEqual({ start: 5, end: 5 });
    draft.typed('helXlo', 4);
    expect(draft.selection).toEqual({ start: 4, end: 4 });
    draft.left(2);
    expect(draft.selection).toEqual({ start: 2, end: 2 });
    draft.apply({ text: 'he😀lXlo', caret: 4 });
    expect(draft.selection).toEqual({ start: 4, end: 4 });
    draft.set('');
    expect(draft.selection).toEqual({ start: 0, end: 0 });
  });

  test('the keyboard returns at the caret, and the next tap may move the caret', () => {
    const { draft, element, type } = field();
    type('hello');
    draft.left(2);
    expect(element.attributes).toEqual([]);
    draft.beforeFocus();
    draft.left(3);
    draft.left(1);
    expect(element.attributes).toEqual(['cursor=2', 'cursor=-1']);
  });

  test('clearing sends the typed text first: WeChat would ignore a second empty value', () => {
    const { draft, element, type } = field();
    type('hello');
    draft.set('');
    expect(element.sent).toEqual(['hello']);
    flush();
    expect(element.sent).toEqual(['hello', '']);
    expect(draft.text).toBe('');
  });

  test('a different text is sent at once', () => {
    const { draft, element, type } = field();
    type('hello');
    draft.set('hello 😀');
    expect(element.sent).toEqual(['hello 😀']);
    draft.set('');
    expect(element.sent).toEqual(['hello 😀', '']);
  });

  test('the last value wins when two values are set in a tick', () => {
    const { draft, element, type } = field();
    type('hello');
    draft.set('');
    draft.set('re-edited');
    flush();
    expect(element.sent.at(-1)).toBe('re-edited');
  });
});
