import { Input } from '@tarojs/components';

interface SearchFieldProps {
  /** The placeholder, also the label for screen readers. */
  label: string;
  /** The text at the start. */
  value?: string;
  onInput: (event: { detail: { value: string } }) => void;
  onConfirm?: () => void;
  onBlur?: () => void;
}

/** A line of text that a list is searched by. */
export function SearchField({ label, value, onInput, onConfirm, onBlur }: SearchFieldProps) {
  return (
    <Input
      className="search-field"
      placeholder={label}
      placeholderClass="search-field-placeholder"
      ariaLabel={label}
      confirmType="search"
      {...(value ? { value } : {})}
      onInput={onInput}
      onConfirm={onConfirm}
      onBlur={onBlur}
    />
  );
}
