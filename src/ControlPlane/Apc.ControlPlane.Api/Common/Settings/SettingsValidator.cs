using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Common.Settings;

/// <summary>Validates options by their attributes. Reports a sentence with the name of the setting for each problem.</summary>
public sealed class SettingsValidator<TOptions>(string section) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var problems = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems.Select(p => Explain(p, options)));
    }

    // Messages of checks across members have the names of the settings; those of attributes have only the property.
    private string Explain(ValidationResult problem, TOptions options)
        => problem.MemberNames.FirstOrDefault() is { } member && typeof(TOptions).GetProperty(member) is { } property
            ? FormattableString.Invariant($"{section}:{member} is {property.GetValue(options)}; {Allowed(property, problem)}")
            : problem.ErrorMessage ?? $"{section} is not valid.";

    private static string Allowed(PropertyInfo property, ValidationResult problem)
        => property.GetCustomAttribute<RangeAttribute>() is { } range
            ? FormattableString.Invariant($"allowed is {range.Minimum} to {range.Maximum}.")
            : problem.ErrorMessage ?? "this is not allowed.";
}
