import { Icon, type IconProps } from "../../../design/icons/icon.tsx";

export const LassoIcon = (props: IconProps) => (
  <Icon {...props} path="M12 4c5 0 9 2.7 9 6s-4 6-9 6-9-2.7-9-6 4-6 9-6M7 15a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5M8.500 19.500L10 22" />
);
export const FitIcon = (props: IconProps) => <Icon {...props} path="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5" />;
