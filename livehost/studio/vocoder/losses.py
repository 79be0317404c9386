"""How far sounds are apart: in mels, in spectra of several resolutions, and by critics.

Sources: Yamamoto, Song & Kim 2020 (multi-resolution STFT distance: spectral convergence and log magnitude); Mao et al.
2017 (least squares of critics); Kumar et al. 2019 (feature matching).
"""

import torch
from torch import Tensor

#: Samples of the transforms, each with a hop of a quarter.
RESOLUTIONS = (512, 1024, 2048)


def stft_distance(made: Tensor, real: Tensor, floor_db: float) -> Tensor:
    """Compute the multi-resolution STFT distance.

    Of each resolution: the length of the difference of the magnitudes over that of the real ones, and the mean
    difference of their logarithms, nothing being softer than the floor.

    Parameters
    ----------
    made, real : Tensor [n, samples]
    floor_db : float
        A sine of this level is the softest that counts.

    Returns
    -------
    Tensor [n]
        The mean over the resolutions; 0 for the same sounds.
    """
    parts = [distance(_magnitude(made, size), _magnitude(real, size), floor_db) for size in RESOLUTIONS]
    return torch.stack(parts).mean(0)


def distance(made: Tensor, real: Tensor, floor_db: float) -> Tensor:
    """Compute the distance of magnitudes [n, any, any] as `stft_distance` does of one resolution: [n]."""
    floor = 10 ** (floor_db / 20)
    apart = (made - real).flatten(1).norm(dim=1) / real.flatten(1).norm(dim=1).clamp(min=floor)
    return apart + (made.clamp(min=floor).log() - real.clamp(min=floor).log()).abs().mean(dim=(1, 2))


def step_errors(steps: Tensor, spectra: Tensor) -> Tensor:
    """Compute how far the steps of phases are from those of spectra.

    Parameters
    ----------
    steps : Tensor [n, frames, 2, bins]
        Radians, see `livehost.dsp.phases`.
    spectra : Tensor [n, frames, bins]
        Complex.

    Returns
    -------
    Tensor [n]
        1 − the cosine of the error, of both kinds of steps; each counts as the root of the magnitudes it joins.
    """
    total = torch.zeros(len(spectra), device=spectra.device)
    for given, turned in (
        (steps[:, 1:, 0], spectra[:, 1:] * spectra[:, :-1].conj()),
        (steps[:, :, 1, :-1], spectra[:, :, 1:] * spectra[:, :, :-1].conj()),
    ):
        square = turned.abs()
        along = turned.real * given.cos() + turned.imag * given.sin()
        weight = square.sqrt()
        apart = weight * (1 - along / square.clamp(min=1e-12))
        total = total + apart.sum((1, 2)) / weight.sum((1, 2)).clamp(min=1e-6)
    return total


def _magnitude(sound: Tensor, size: int) -> Tensor:
    """Give magnitudes [n, bins, frames], 1 for a sine of full scale; with a gradient where there is silence."""
    window = torch.hann_window(size, dtype=sound.dtype, device=sound.device)
    spectrum = torch.stft(sound, size, size // 4, window=window, return_complex=True, pad_mode="constant")
    scale = 2.0 / float(window.sum())
    return (spectrum.real.square() + spectrum.imag.square() + 1e-10).sqrt() * scale


def critics_loss(of_real: list[list[Tensor]], of_made: list[list[Tensor]]) -> Tensor:
    """Compute how far critics are from telling 1 of what is real and 0 of what is made."""
    parts = [(real[-1] - 1).square().mean() + made[-1].square().mean()
             for real, made in zip(of_real, of_made, strict=True)]  # fmt: skip
    return torch.stack(parts).mean()


def generator_losses(of_real: list[list[Tensor]], of_made: list[list[Tensor]]) -> dict[str, Tensor]:
    """Compute how far critics are from taking what is made for real, and how far their layers are apart."""
    fooled = [(made[-1] - 1).square().mean() for made in of_made]
    apart = [(a.detach() - b).abs().mean() / a.detach().abs().mean().clamp(min=1e-5)
             for real, made in zip(of_real, of_made, strict=True)
             for a, b in zip(real[:-1], made[:-1], strict=True)]  # fmt: skip
    return {"adversarial": torch.stack(fooled).mean(), "features": torch.stack(apart).mean()}
