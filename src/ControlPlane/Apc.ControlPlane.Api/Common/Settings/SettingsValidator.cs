using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Common.Settings;

/// <summary>Says in whole sentences what is wrong with settings: all at once, each by its name.</summary>
public sealed class SettingsValidator<TOptions>(string section) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var problems = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems.Select(p => Explain(p, options)));
    }

    // Checks across members name the settings themselves; attributes know only the property.
    private string Explain(ValidationResult problem, TOptions options)
        => problem.MemberNames.FirstOrDefault() is { } member && typeof(TOptions).GetProperty(member) is { } property
            ? string.Create(CultureInfo.InvariantCulture, $"{section}:{member} is {property.GetValue(options)}; {Allowed(property, problem)}")
            : problem.ErrorMessage ?? $"{section} is not valid.";

    private static string Allowed(PropertyInfo property, ValidationResult problem)
        => property.GetCustomAttribute<RangeAttribute>() is { } range
            ? string.Create(CultureInfo.InvariantCulture, $"allowed is {range.Minimum} to {range.Maximum}.")
            : problem.ErrorMessage ?? "this is not allowed.";
}
