namespace Apc.ControlPlane.Domain.Users;

/// <summary>The rules for passwords: long, or shorter with mixed characters; not guessed soon, and without the user's name.</summary>
public static class PasswordRules
{
    /// <summary>Fewest characters of a password that needs no mixed kinds of characters.</summary>
    public const int LongEnough = 12;

    /// <summary>Fewest characters of a password of mixed kinds.</summary>
    public const int MixedEnough = 8;

    /// <summary>Most characters; a longer text would only keep the server busy.</summary>
    public const int MaxLength = 256;

    /// <summary>All problems of a password, each a sentence for the user; empty for a good one.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="email">The user's address.</param>
    /// <param name="names">The user's other names: user name, full name, further addresses; nulls are ignored.</param>
    public static IReadOnlyList<string> Problems(string password, string email, params IReadOnlyList<string?> names)
    {
        if (password.Length > MaxLength)
        {
            return [$"The password is longer than {MaxLength} characters."];
        }

        var problems = new List<string>();

        if (NameKey.Of(password.Trim()) == NameKey.Of(email.Trim()))
        {
            problems.Add("The password is the email address.");
        }

        if (string.IsNullOrWhiteSpace(password) || (password.Length < LongEnough && !IsMixed(password)))
        {
            problems.Add(
                $"The password needs at least {LongEnough} characters, or at least {MixedEnough} with an upper-case letter, "
                + "a lower-case letter, a digit and a special character.");
        }

        if (problems.Count == 0)
        {
            var folded = NameKey.Of(password);

            if (PasswordGuesses.HoldsName(folded, [email, .. names]))
            {
                problems.Add("The password holds the person's own name or address, or the name of the platform.");
            }

            if (PasswordGuesses.IsGuessable(folded))
            {
                problems.Add("The password is among the first that are guessed: a common one, a run of keys, or a repetition.");
            }
        }

        return problems;
    }

    private static bool IsMixed(string password)
        => password.Length >= MixedEnough
            && password.Any(char.IsUpper)
            && password.Any(char.IsLower)
            && password.Any(char.IsDigit)
            && password.Any(c => !char.IsLetterOrDigit(c));
}
