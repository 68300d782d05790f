import { View } from '@tarojs/components';
import { Button } from './button';

interface EmptyStateProps {
  title: string;
  hint?: string;
  action?: string;
  onAction?: () => void;
}

/** The text of an empty list, with its action if given. */
export function EmptyState({ title, hint, action, onAction }: EmptyStateProps) {
  return (
    <View className="empty">
      <View className="empty-mark" />
      <View className="empty-title">{title}</View>
      {hint && <View className="empty-hint">{hint}</View>}
      {action && onAction && (
        <Button kind="quiet" onClick={onAction}>
          {action}
        </Button>
      )}
    </View>
  );
}
