import { ComposerInlet } from '@/components/composer/composer-inlet';
import { submitText } from '@/components/composer/submit-text';
import { toast } from '@/components/page/dialogs';
import { setTextCheck } from '@/stores/messages/text-check';
import { settle } from '../fakes/fake-clock';

jest.mock('@/components/page/dialogs', () => ({ toast: jest.fn() }));

afterEach(() => setTextCheck(null));

test.each([
  ['', 'bad word'],
  ['written meanwhile', 'written meanwhile'],
])('a refused text is in the composer again, unless it has another: "%s"', async (now, after) => {
  setTextCheck(() => ({ refuse: 'not allowed' }));
  const inlet = new ComposerInlet();
  let field = now;
  inlet.edit = (change) => (field = change(field));
  const send = jest.fn();
  submitText('bad word', { id: 'r', kind: 'room' }, inlet, send);
  await settle();
  expect(field).toBe(after);
  expect(toast).toHaveBeenCalledWith('not allowed');
  expect(send).not.toHaveBeenCalled();
});
