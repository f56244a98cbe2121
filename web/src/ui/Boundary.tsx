// A screen that breaks does not take the others with it.
import { Component, type ReactNode } from "react";
import { Trouble } from "@/ui/Trouble";

interface Props {
  at: string;
  children: ReactNode;
}

export class Boundary extends Component<Props, { error: unknown }> {
  state = { error: null as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  componentDidUpdate(before: Props) {
    if (before.at !== this.props.at && this.state.error) this.setState({ error: null });
  }

  render() {
    if (!this.state.error) return this.props.children;
    return (
      <div data-broken>
        <Trouble error={this.state.error} again={() => window.location.reload()} />
      </div>
    );
  }
}
