import { confirm as ask } from '@/components/page/dialogs';
import type { PeopleTexts } from './texts';

/** WeChat's dialog with the package's texts on its buttons. */
export async function confirm(t: PeopleTexts, title: string, content = ''): Promise<boolean> {
  const [confirmText, cancelText] = [t('form.confirm'), t('form.cancel')];
  return await ask({ title, content, confirmText, cancelText });
}
