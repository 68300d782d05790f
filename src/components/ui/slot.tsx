import { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';

/**
 * Holds a child that appears and disappears. Taro resends all children of a node when a child is inserted or
 * removed; a slot limits this to itself instead of the page around it (docs/decisions/004).
 */
export function Slot({ children, className = 'place' }: PropsWithChildren<{ className?: string }>) {
  return <View className={className}>{children}</View>;
}
