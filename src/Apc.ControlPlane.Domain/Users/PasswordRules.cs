namespace Apc.ControlPlane.Domain.Users;

/// <summary>Which passwords are taken: long ones, or shorter ones of mixed characters; never the user's own address.</summary>
public static class PasswordRules
{
    /// <summary>Characters from which on a password may consist of anything.</summary>
    public const int LongEnough = 12;

    /// <summary>Characters that a password of mixed kinds needs.</summary>
    public const int MixedEnough = 8;

    /// <summary>Most characters; what is longer is no password but an attempt to keep the server busy.</summary>
    public const int MaxLength = 256;

    /// <summary>Everything that is wrong with a password, each in one sentence for the person who chose it; empty for a good one.</summary>
    public static IReadOnlyList<string> Problems(string password, string email)
    {
        var problems = new List<string>();

        if (password.Length > MaxLength)
        {
            problems.Add($"The password is longer than {MaxLength} characters.");
        }

        if (string.Equals(password.Trim(), email.Trim(), StringComparison.OrdinalIgnoreCase))
        {
            problems.Add("The password is the email address.");
        }

        if (string.IsNullOrWhiteSpace(password) || (password.Length < LongEnough && !IsMixed(password)))
        {
            problems.Add(
                $"The password needs at least {LongEnough} characters, or at least {MixedEnough} with an upper-case letter, a lower-case letter, a digit and a special character.");
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
