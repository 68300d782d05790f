import Taro from '@tarojs/taro';
import type { Say } from './texts';

/** One of a few, from WeChat's own sheet; undefined when the user tapped elsewhere. */
export async function choose<T>(
  options: readonly T[],
  textOf: (option: T) => string,
): Promise<T | undefined> {
  try {
    const { tapIndex } = await Taro.showActionSheet({ itemList: options.map(textOf) });
    return options[tapIndex];
  } catch {
    return undefined;
  }
}

/** WeChat's own dialog. */
export async function confirm(say: Say, title: string, content = ''): Promise<boolean> {
  const answer = await Taro.showModal({
    title,
    content,
    confirmText: say('form.confirm'),
    cancelText: say('form.cancel'),
  });
  return answer.confirm;
}

export function toast(title: string): void {
  void Taro.showToast({ title, icon: 'none' });
}
