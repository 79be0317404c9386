"""The distribution that codes of an autoencoder are drawn from: the normal one that fits what was learnt from.

What pulls codes towards a standard normal distribution leaves them correlated, and farther spread where they say much;
draws from the standard one are less varied than what was learnt from. Source: Ghosh et al. 2020 (From Variational to
Deterministic Autoencoders: ex-post density estimation).
"""

import torch
from torch import Tensor, nn

#: Share of the newest batch in the running estimates, once there were enough.
_MOMENTUM = 0.01


class CodeNormal(nn.Module):
    """Mean and covariance of codes, estimated while an encoder learns; at first of the standard normal distribution.

    Parameters
    ----------
    latent : int
        Numbers of a code.
    """

    mean: Tensor
    covariance: Tensor
    seen: Tensor

    def __init__(self, latent: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(latent))
        self.register_buffer("covariance", torch.eye(latent))
        self.register_buffer("seen", torch.tensor(0))

    @torch.no_grad()
    def observe(self, mean: Tensor, log_variance: Tensor) -> None:
        """Take in the codes of a batch, [n, latent] each."""
        self.seen += 1
        share = max(_MOMENTUM, 1 / (1 + float(self.seen)))  # the standard normal distribution counts as a batch
        self.mean.lerp_(mean.mean(0), share)
        off = mean - self.mean
        self.covariance.lerp_(off.T @ off / len(off) + torch.diag(log_variance.exp().mean(0)), share)

    def root(self) -> Tensor:
        """Give the lower triangle whose square is the covariance, [latent, latent]."""
        made: Tensor = torch.linalg.cholesky(self.covariance)
        return made

    def codes(self, standard: Tensor) -> Tensor:
        """Make codes of standard normal draws, [n, latent]."""
        return self.mean + standard @ self.root().T

    def standard(self, codes: Tensor) -> Tensor:
        """Tell of which draws codes are made, [n, latent]."""
        return torch.linalg.solve_triangular(self.root(), (codes - self.mean).T, upper=False).T
