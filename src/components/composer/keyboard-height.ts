import Taro from '@tarojs/taro';
import { useCallback, useEffect, useState } from 'react';

/**
 * The height of the keyboard in px. One listener of the app instead of the textarea's own event, which
 * is lost on some devices; and because the event for hiding is too, losing focus counts as hidden.
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
