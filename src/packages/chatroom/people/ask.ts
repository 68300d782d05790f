import { confirm as ask } from '@/components/dialogs';
import type { Say } from './texts';

/** WeChat's own dialog, with the package's words on its buttons. */
export async function confirm(say: Say, title: string, content = ''): Promise<boolean> {
  const [confirmText, cancelText] = [say('form.confirm'), say('form.cancel')];
  return await ask({ title, content, confirmText, cancelText });
}
