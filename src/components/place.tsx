import { View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';

/**
 * A place for what comes and goes. Taro sends all children of a node again when one is put between them or
 * taken away; here that is the one, and not the page around it (docs/decisions/004).
 */
export function Place({
  children,
  className = 'place',
}: PropsWithChildren<{ className?: string }>) {
  return <View className={className}>{children}</View>;
}
