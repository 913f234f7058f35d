import { Problem } from "../../../design/states.tsx";
import { useWords } from "../../../strings/language.ts";
import { CameraError } from "../source/camera.ts";
import { VideoError } from "../source/video-file.ts";

/** Why there is no picture, where it was asked for. */
export function LiveProblem({ problem }: { readonly problem: unknown }) {
  const { problems } = useWords().live;
  if (problem instanceof CameraError) return <Problem error={new Error(problems[problem.trouble])} />;
  if (problem instanceof VideoError) return <Problem error={new Error(problems.video(problem.file))} />;
  return <Problem error={problem} />;
}
