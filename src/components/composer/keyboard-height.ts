import Taro from '@tarojs/taro';
import { useCallback, useEffect, useState } from 'react';

/**
 * Returns the height of the keyboard in px. The app's listener replaces the textarea's event, which is lost
 * on some devices. The event for hiding is lost too, so that a blur counts as hidden.
 */
export function useKeyboardHeight(): { height: number; onBlur: () => void } {
  const [height, setHeight] = useState(0);
  useEffect(() => {
    if (process.env.TARO_ENV !== 'weapp') return;
    const onChange = (result: { height: number }) => setHeight(Math.max(0, result.height));
    Taro.onKeyboardHeightChange(onChange);
    return () => Taro.offKeyboardHeightChange(onChange);
  }, []);
  const onBlur = useCallback(() => setHeight(0), []);
  return { height, onBlur };
}
